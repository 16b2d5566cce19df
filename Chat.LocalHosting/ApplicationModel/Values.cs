namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is known only when the resources behind it are, such as a port.</summary>
public interface IValueProvider
{
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);
}

/// <summary>How a value is named in a published manifest. Nothing is published from here; it serves error texts.</summary>
public interface IManifestExpressionProvider
{
    string ValueExpression { get; }
}

public interface IExpressionValue : IValueProvider, IManifestExpressionProvider;
