namespace Chat.LoadTests.Results;

/// <summary>What a person at a browser would feel, in the phases that have one. What a phase does not look at is absent.</summary>
/// <param name="LcpMs">Largest contentful paint of opening a conversation with nothing in the cache, the median: from the navigation on.</param>
/// <param name="FilesKb">Bytes (10³) that the page's own files took on the way, compressed and with header fields, at the first load.</param>
/// <param name="DataKb">Likewise those of the API's answers.</param>
/// <param name="Fps">Frames a second while scrolling, on average.</param>
/// <param name="LongestFrameMs">The longest time between two frames while scrolling.</param>
/// <param name="Scrolled">Messages that were scrolled past.</param>
/// <param name="DomNodes">Elements in the page, the most at any look.</param>
/// <param name="HeapMb">JavaScript's memory (10⁶ bytes) in use afterwards, once garbage has been collected.</param>
/// <param name="InputDelayMs">From the moment a key is struck until the page can begin to handle it.</param>
/// <param name="InputToPaintMs">From the moment a key is struck until the frame after it.</param>
internal sealed record BrowserResult(
    double? LcpMs = null, double? FilesKb = null, double? DataKb = null, double? Fps = null, double? LongestFrameMs = null, int? Scrolled = null,
    int? DomNodes = null, double? HeapMb = null, Latencies? InputDelayMs = null, Latencies? InputToPaintMs = null);
