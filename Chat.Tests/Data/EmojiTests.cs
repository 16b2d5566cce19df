using System.Globalization;
using System.Text;
using Chat.Data.Reactions;

namespace Chat.Tests.Data;

public sealed class EmojiTests
{
    [Theory]
    [InlineData("👍")]
    [InlineData("👍🏽")]
    [InlineData("🇯🇵")]
    [InlineData("👨\u200D👩\u200D👧\u200D👦")]
    [InlineData("👩🏽\u200D❤\uFE0F\u200D💋\u200D👨🏽")]
    [InlineData("🏳\uFE0F\u200D🌈")]
    [InlineData("🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F")]
    [InlineData("1\uFE0F\u20E3")]
    [InlineData("©\uFE0F")]
    [InlineData("☝🏿")]
    [InlineData("🪎")]
    public void An_emoji_in_its_normal_form_is_one_grapheme_and_stays_as_it_is(string emoji)
    {
        Assert.Equal(emoji, Emoji.Normalize(emoji));
        Assert.Equal(1, new StringInfo(emoji).LengthInTextElements);
        Assert.True(emoji.IsNormalized(NormalizationForm.FormC));
    }

    [Theory]
    [InlineData("❤", "❤\uFE0F")]
    [InlineData("👍\uFE0F", "👍")]
    [InlineData("#\u20E3", "#\uFE0F\u20E3")]
    [InlineData("☝\uFE0F🏿", "☝🏿")]
    [InlineData("👩\u200D⚕", "👩\u200D⚕\uFE0F")]
    public void Other_spellings_of_an_emoji_become_its_normal_form(string written, string normal) =>
        Assert.Equal(normal, Emoji.Normalize(written));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("é")]
    [InlineData("日")]
    [InlineData("7")]
    [InlineData("👍a")]
    [InlineData("👍👍")]
    [InlineData("🇯")]
    [InlineData("🇯🇵🇯")]
    [InlineData("🏽")]
    [InlineData("\u200D👍")]
    [InlineData("👍\u200D")]
    [InlineData("👍🏽🏽")]
    [InlineData("👍\uFE0F\uFE0F")]
    [InlineData("❤\uFE0E")]
    [InlineData("🏴\U000E0067")]
    [InlineData("\uFE0F")]
    public void Anything_else_is_none(string text) => Assert.Null(Emoji.Normalize(text));

    [Fact]
    public void Halves_of_a_pair_are_none()
    {
        Assert.Null(Emoji.Normalize("\ud83d"));
        Assert.Null(Emoji.Normalize("\udc4d"));
    }

    [Fact]
    public void More_than_64_bytes_are_none()
    {
        var sequence = string.Join("\u200D", Enumerable.Repeat("👩", 9));
        Assert.Equal(60, Encoding.UTF8.GetByteCount(sequence));

        Assert.Equal(sequence, Emoji.Normalize(sequence));
        Assert.Null(Emoji.Normalize(sequence + "\u200D👩"));
    }
}
