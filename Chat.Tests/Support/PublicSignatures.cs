using System.Reflection;
using System.Runtime.CompilerServices;

namespace Chat.Tests.Support;

/// <summary>
/// A type's public members, one line each, in one notation for every assembly. Left out: what the compiler makes for records,
/// nullability, default values, and who may set a property.
/// </summary>
internal static class PublicSignatures
{
    private static readonly HashSet<string> OfRecords =
        ["Equals", "GetHashCode", "ToString", "Deconstruct", "<Clone>$", "op_Equality", "op_Inequality"];

    public static IEnumerable<string> Of(Type type)
    {
        var name = type.FullName;
        const BindingFlags declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return type.GetMembers(declared).Select(Member).Where(line => line is not null).Select(line => $"{name}: {line}").Order();
    }

    private static string? Member(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        PropertyInfo property => $"{Static(property.GetMethod)}{Name(property.PropertyType)} {property.Name}",
        FieldInfo { IsSpecialName: false } field => $"{Static(field.IsStatic)}{Name(field.FieldType)} {field.Name}",
        MethodInfo method when IsWritten(method) =>
            $"{Static(method)}{Name(method.ReturnType)} {method.Name}{Generic(method)}({This(method)}{Parameters(method)})",
        _ => null,
    };

    private static bool IsWritten(MethodInfo method) =>
        !OfRecords.Contains(method.Name) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal));

    private static string This(MethodInfo method) =>
        method.CustomAttributes.Any(a => a.AttributeType.Name == nameof(ExtensionAttribute)) ? "this " : "";

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}"));

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";

    private static string Static(MethodInfo? method) => Static(method is { IsStatic: true });

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private static string Name(Type type) => type switch
    {
        { IsByRef: true } => $"ref {Name(type.GetElementType()!)}",
        { IsArray: true } => $"{Name(type.GetElementType()!)}[]",
        { IsGenericType: true } => $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>",
        _ => type.Name,
    };
}
