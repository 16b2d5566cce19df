namespace Chat.Data.Files;

/// <summary>A file, as far as a link to it tells anything of it.</summary>
public readonly record struct LinkedFile(Guid Id, string Name, string MediaType);

/// <summary>Makes links: whoever has one gets the file until it expires, and needs nothing else.</summary>
public interface ILinkSigner
{
    /// <summary>Signing costs a page more than finding a link that the worker has signed: unless set otherwise the worker signs ahead.</summary>
    bool IsDear { get; }

    /// <summary>Scheme and host that links lead to, such as <c>https://bucket.s3.eu-central-1.amazonaws.com</c>; null: to this API.</summary>
    string? Origin { get; }

    /// <summary>The same for the same file in the same window, whichever process makes it.</summary>
    string Sign(in LinkedFile file, LinkWindow window);
}
