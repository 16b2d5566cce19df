using Chat.Contracts.Operations;
using Chat.Data.Installation;
using Chat.Data.Redis;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using StackExchange.Redis;

namespace Chat.Api.Admin;

internal static class GetStatus
{
    public static async Task<Ok<SystemStatus>> HandleAsync(
        NpgsqlDataSource database, NodeRegistry nodes, CancellationToken cancellationToken)
    {
        var (epoch, status) = await ReadInstallation.RunAsync(database, cancellationToken);
        return TypedResults.Ok(new SystemStatus(epoch, status, await RedisAsync(nodes)));
    }

    private static async Task<RedisStatus?> RedisAsync(NodeRegistry nodes)
    {
        try
        {
            return new RedisStatus(await nodes.ListAsync());
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return null;
        }
    }
}
