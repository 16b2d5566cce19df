using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;

namespace Chat.Api.Requests;

/// <summary>Holds a body to the attributes of its record, the same that OpenAPI shows; all that is wrong is named at once.</summary>
internal sealed class ValidBodyFilter<TBody> : IEndpointFilter
{
    private static readonly (PropertyInfo Property, ValidationAttribute[] Rules)[] Rules =
    [
        .. typeof(TBody).GetProperties()
            .Select(property => (property, Rules: property.GetCustomAttributes<ValidationAttribute>().ToArray()))
            .Where(property => property.Rules.Length > 0),
    ];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var body = context.Arguments.OfType<TBody>().Single()!;
        if (IsValid(body))
        {
            return await next(context);
        }

        var wrong = new List<ValidationResult>();
        return Validator.TryValidateObject(body, new ValidationContext(body), wrong, validateAllProperties: true)
            ? await next(context)
            : TypedResults.ValidationProblem(wrong
                .SelectMany(result => result.MemberNames, (result, member) => (member, result.ErrorMessage))
                .GroupBy(error => JsonNamingPolicy.CamelCase.ConvertName(error.member), error => error.ErrorMessage ?? "Not allowed.")
                .ToDictionary(errors => errors.Key, errors => errors.ToArray()));
    }

    /// <summary>What Validator would say, which makes a context for each property: 15 µs for a message instead of 1.</summary>
    private static bool IsValid(TBody body)
    {
        var context = new ValidationContext(body!);
        foreach (var (property, rules) in Rules)
        {
            var value = property.GetValue(body);
            foreach (var rule in rules)
            {
                if (rule.GetValidationResult(value, context) != ValidationResult.Success)
                {
                    return false;
                }
            }
        }

        return body is not IValidatableObject whole || !whole.Validate(context).Any();
    }
}

internal static class ValidBodyExtensions
{
    /// <summary>Answers 400 with <c>errors</c> before the handler runs where the body breaks its record's rules.</summary>
    public static RouteHandlerBuilder WithValidBody<TBody>(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter<ValidBodyFilter<TBody>>().ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
}
