using Chat.Data.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Chat.Data;

/// <summary>The database by EF Core. Hot paths are whole statements instead: see <see cref="Statements.Statement"/>.</summary>
public sealed class ChatDb(DbContextOptions<ChatDb> options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();

    public DbSet<Session> Sessions => Set<Session>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyConfigurationsFromAssembly(typeof(ChatDb).Assembly);
}
