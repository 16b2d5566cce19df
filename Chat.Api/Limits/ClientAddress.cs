using System.Net;
using System.Net.Sockets;

namespace Chat.Api.Limits;

internal static class ClientAddress
{
    /// <summary>
    /// By what an address counts: an IPv4 address, or the first 64 bits of an IPv6 address, because a customer is given at least that many
    /// (RFC 6177) and could take another of them for each request.
    /// </summary>
    public static string Of(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }

        if (address is not { AddressFamily: AddressFamily.InterNetworkV6 })
        {
            return address?.ToString() ?? "unknown";
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
