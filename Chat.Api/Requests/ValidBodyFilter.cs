using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Chat.Api.Requests;

/// <summary>Holds a body to the attributes of its record, the same that OpenAPI shows; all that is wrong is named at once.</summary>
internal sealed class ValidBodyFilter<TBody> : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var body = context.Arguments.OfType<TBody>().Single()!;
        var wrong = new List<ValidationResult>();
        return Validator.TryValidateObject(body, new ValidationContext(body), wrong, validateAllProperties: true)
            ? await next(context)
            : TypedResults.ValidationProblem(wrong
                .SelectMany(result => result.MemberNames, (result, member) => (member, result.ErrorMessage))
                .GroupBy(error => JsonNamingPolicy.CamelCase.ConvertName(error.member), error => error.ErrorMessage ?? "Not allowed.")
                .ToDictionary(errors => errors.Key, errors => errors.ToArray()));
    }
}

internal static class ValidBodyExtensions
{
    /// <summary>Answers 400 with <c>errors</c> before the handler runs where the body breaks its record's rules.</summary>
    public static RouteHandlerBuilder WithValidBody<TBody>(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter<ValidBodyFilter<TBody>>().ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
}
