using Microsoft.EntityFrameworkCore;

namespace Chat.Data;

/// <summary>The database by EF Core. Hot paths are whole statements instead: see <see cref="Statements.Statement"/>.</summary>
public sealed class ChatDb(DbContextOptions<ChatDb> options) : DbContext(options);
