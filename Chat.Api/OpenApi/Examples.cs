using System.Text.Json;
using Chat.Contracts.Accounts;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Chat.Api.OpenApi;

/// <summary>A plausible body for each kind of request, as the description shows it.</summary>
internal static class Examples
{
    private static readonly Dictionary<Type, object> All = new object[]
    {
        new RegisterRequest("ada", "seven apples under a tree", "Ada Lovelace"),
        new LoginRequest("ada", "seven apples under a tree"),
        new RefreshRequest("lVmWAOjpggxFbEjV-ZLfNVq0G8Bp1TJVTV1ShPnU0axQPWwI-GzRq45a7uNF_WTk"),
        new ChangeProfileRequest("Ada, Countess of Lovelace"),
        new UserProfile(Guid.Parse("01a1fc98-07cd-7aa6-a8ea-f343fc842706"), "ada", "Ada Lovelace"),
    }.ToDictionary(example => example.GetType());

    public static Task AddAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonPropertyInfo is null && All.TryGetValue(context.JsonTypeInfo.Type, out var example))
        {
            schema.Examples = [JsonSerializer.SerializeToNode(example, context.JsonTypeInfo)!];
        }

        return Task.CompletedTask;
    }
}
