using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Data.Accounts;

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("sessions");
        builder.HasKey(s => s.Id);
        builder.Property(s => s.CreatedAt).ValueGeneratedOnAdd();
        builder.Property(s => s.LastRefreshedAt).ValueGeneratedOnAdd();
        SnakeCase.NameColumns(builder.Metadata);
    }
}
