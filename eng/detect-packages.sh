#!/usr/bin/env bash
# Finds out, once, whether this machine's package feed has Aspire, and remembers it in Platform.props, which
# Directory.Build.props reads. Delete Platform.props to have it found out again.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/eng/common.sh"
[ -e "$root/Platform.props" ] && exit

package_version() { sed -nE "s/.*Include=\"$1\" Version=\"([^\"]+)\".*/\1/p" "$root/Directory.Packages.props"; }

need_dotnet
probe=$(mktemp -d)
trap 'rm -rf "$probe"' EXIT
cat >"$probe/probe.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup>
    <PackageDownload Include="Aspire.AppHost.Sdk" Version="[$aspire_version]" />
    <PackageDownload Include="Aspire.Hosting.AppHost" Version="[$aspire_version]" />
    <PackageDownload Include="Aspire.Hosting.Kubernetes" Version="[$(package_version Aspire.Hosting.Kubernetes)]" />
  </ItemGroup>
</Project>
PROJECT
if dotnet restore "$probe/probe.csproj" >"$probe/log" 2>&1; then
  found=true
elif grep -qE 'NU1101|NU1102|NU1103' "$probe/log"; then
  found=false
else
  die "The package feed does not answer: $(grep -m 1 -oE 'error.*' "$probe/log" || tail -n 1 "$probe/log")"
fi

# Written whole or not at all: another build may be reading.
cat >"$probe/Platform.props" <<PROPS
<Project>
  <PropertyGroup>
    <UseAspirePackages>$found</UseAspirePackages>
  </PropertyGroup>
</Project>
PROPS
mv "$probe/Platform.props" "$root/Platform.props"
