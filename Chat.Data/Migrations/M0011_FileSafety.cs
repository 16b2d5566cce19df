using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Chat.Data.Migrations;

/// <summary>When a file is to be scanned, what was found in it, and the small picture that its uploader made of it.</summary>
[DbContext(typeof(ChatDb))]
[Migration("0011_FileSafety")]
internal sealed class M0011_FileSafety : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        alter table files
            add scan_at          timestamptz,   -- of a pending one: not before; put off while a worker is at it
            add scan_found       text,          -- of a blocked one: what the scanner calls it
            add thumbnail_id     uuid,          -- its bytes are in the store like those of a file
            add thumbnail_type   text,
            add thumbnail_width  integer,
            add thumbnail_height integer;
        update files set scan_at = created_at where scan = 'pending';
        drop index files_scan;
        create index files_scan on files (scan_at) where scan = 'pending';
        create unique index files_thumbnail on files (thumbnail_id) where thumbnail_id is not null;
        """);
}
