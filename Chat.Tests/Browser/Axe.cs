using System.Text.Json;
using Chat.Tests.Support;
using Microsoft.Playwright;

namespace Chat.Tests.Browser;

/// <summary>axe-core, which finds what keeps people with disabilities out, as far as a program can: WCAG 2.2 A and AA, and its own advice.</summary>
internal static class Axe
{
    /// <summary>After all animations: what is half transparent has no contrast of its own.</summary>
    private const string Run = """
        async (runOnly) => {
          await Promise.all(document.getAnimations().map(a => a.finished.catch(() => {})));
          // A menu floats above the page and belongs to no part of it.
          const rules = { region: { enabled: document.querySelector('[role=menu]') === null } };
          const { violations } = await axe.run(document, { runOnly, rules, resultTypes: ['violations'] });
          return violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 160)} ${(n.any[0] ?? n.all[0] ?? n.none[0])?.message ?? ''}`));
        }
        """;

    private static readonly string[] Everything = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    private static readonly Lazy<Task<string>> Source = new(() => File.ReadAllTextAsync(Path.Combine(Repository.Root, "Chat.Web/node_modules/axe-core/axe.min.js")));

    /// <summary>What is wrong with the screen that is shown, in light and in dark; nothing, if all is well.</summary>
    public static async Task<IEnumerable<string>> LookAsync(this Visitor visitor, string screen)
    {
        var page = visitor.Page;
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(await Source.Value);
        }

        var found = new List<string>();
        await LookAsync(ColorScheme.Light, Everything);

        // All else is the same in the dark.
        await LookAsync(ColorScheme.Dark, "color-contrast");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        return found;

        async Task LookAsync(ColorScheme scheme, params string[] rules)
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            var violations = await page.EvaluateAsync<JsonElement>(Run, rules);
            found.AddRange(violations.EnumerateArray().Select(violation => $"{screen}, {scheme}: {violation}"));
        }
    }
}
