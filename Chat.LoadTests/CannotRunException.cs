namespace Chat.LoadTests;

/// <summary>Why a load test could not be run, in words for the person at the terminal. The exit code is then 1.</summary>
internal sealed class CannotRunException(string message, Exception? inner = null) : Exception(message, inner);
