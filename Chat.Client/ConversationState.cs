using Chat.Contracts.Conversations;
using Chat.Contracts.Messages;

namespace Chat.Client;

/// <summary>
/// What a client holds of one conversation: the latest messages and what is the user's own of them, as of a rev. Pushes and pages are
/// states, each under its rev; whatever order they come in, and however often, the outcome is the same. Not for several threads.
/// </summary>
public sealed class ConversationState(Guid id, Guid userId)
{
    private readonly SortedDictionary<long, Message> _messages = [];
    private readonly Dictionary<long, IReadOnlyList<string>> _mine = [];
    private readonly HashSet<long> _hidden = [];
    private readonly HashSet<long> _ahead = [];
    private readonly List<ConversationEvent> _early = [];
    private readonly List<PendingMessage> _pending = [];
    private long _head;
    private bool _isLoading;

    public Guid Id => id;

    /// <summary>Null until it has been loaded.</summary>
    public Conversation? Conversation { get; private set; }

    /// <summary>Up to here nothing of the stream is missing.</summary>
    public long Rev { get; private set; }

    /// <summary>To ask with for what came after.</summary>
    public string Token { get; private set; } = "";

    /// <summary>Whether something is known to be missing: a push came before an earlier one, or a head was told.</summary>
    public bool IsBehind => _ahead.Count > 0 || _head > Rev;

    /// <summary>The seq from which on messages are held; 1: all of them.</summary>
    public long Oldest { get; private set; } = 1;

    /// <summary>By seq; hidden ones left out.</summary>
    public IEnumerable<Message> Messages => _messages.Values.Where(message => !_hidden.Contains(message.Seq));

    /// <summary>What the user has written and the server has not acknowledged, in the order of writing.</summary>
    public IReadOnlyList<PendingMessage> Pending => _pending;

    /// <summary>The user's own reactions to a message.</summary>
    public IReadOnlyList<string> Mine(long seq) => _mine.GetValueOrDefault(seq) ?? [];

    /// <summary>The user has written something: shown at once, until the message itself comes, by whichever way first.</summary>
    public void Add(PendingMessage pending)
    {
        if (_messages.Values.All(message => !pending.Is(message, userId)))
        {
            _pending.Add(pending);
        }
    }

    /// <summary>It was not sent and will not be.</summary>
    public void Withdraw(PendingMessage pending) => _pending.Remove(pending);

    /// <summary>
    /// Takes the place of what was held. <paramref name="conversation"/> must have been read after <paramref name="latest"/>, so that no
    /// change of it is missed: the page's token covers what came in between. Pushes that came meanwhile are applied now.
    /// </summary>
    public void Load(MessagePage latest, Conversation conversation)
    {
        // What was known beyond the page, by an answer that came meanwhile, is asked for again.
        _head = Math.Max(_head, Rev);
        (_isLoading, Conversation, Token) = (false, conversation, latest.ChangesToken);
        _messages.Clear();
        _mine.Clear();
        Put(latest, last: latest.LastSeq);
        Reach(latest.Rev);
        _early.ForEach(Apply);
        _early.Clear();
    }

    /// <summary>Puts an older page before what is held: the one before <see cref="Oldest"/>.</summary>
    public void LoadOlder(MessagePage older)
    {
        Put(older, last: Oldest - 1);
    }

    /// <summary>Pages are about to be read for <see cref="Load"/>: pushes that come until then are kept for it.</summary>
    public void BeginLoading()
    {
        _isLoading = true;
        _early.Clear();
    }

    /// <summary>The history is another one now (410): what is known of revs holds no more.</summary>
    public void Forget()
    {
        (Rev, _head) = (0, 0);
        _ahead.Clear();
    }

    /// <summary>Applies a push.</summary>
    public void Apply(ConversationEvent e)
    {
        if (_isLoading)
        {
            _early.Add(e);
        }

        if (Conversation is null)
        {
            return;
        }

        Put(e.Message);
        Put(e.Conversation);
        if (e.Rev == Rev + 1 && e.IsUnderstood)
        {
            Reach(e.Rev);
        }
        else if (e.Rev > Rev)
        {
            _ = e.IsUnderstood ? _ahead.Add(e.Rev) : Head(e.Rev);
        }
    }

    /// <summary>Applies a page of changes that was asked for with <see cref="Token"/>.</summary>
    public void Apply(ChangePage page)
    {
        page.Messages.ToList().ForEach(Put);
        Put(page.Conversation);
        Token = page.Next;
        Reach(Math.Max(Rev, page.Rev));
    }

    /// <summary>A message that came otherwise, as the answer to what the user did: applied by its own rev, and no step of the stream.</summary>
    public void Apply(Message message) => Put(message);

    /// <summary>What a message is to the user now, by their own stream.</summary>
    public void Apply(OwnMessage own)
    {
        _mine[own.Seq] = own.Reactions;
        _ = own.Hidden ? _hidden.Add(own.Seq) : _hidden.Remove(own.Seq);
    }

    /// <summary>What the conversation is to the user now.</summary>
    public void Apply(Conversation own) => Put(own);

    /// <summary>The server has told how far the conversation has come. True: that is further than what is held.</summary>
    public bool Head(long rev)
    {
        _head = Math.Max(_head, rev);
        return IsBehind;
    }

    /// <summary>Seqs are dense: what a page leaves out within its reach, the user has hidden, and pushes of it are not to show it.</summary>
    private void Put(MessagePage page, long last)
    {
        Oldest = page.Next is null ? 1 : page.Items[0].Seq;
        var there = page.Items.Select(message => message.Seq).ToHashSet();
        for (var seq = Oldest; seq <= last; seq++)
        {
            _ = there.Contains(seq) ? _hidden.Remove(seq) : _hidden.Add(seq);
        }

        page.Items.ToList().ForEach(Put);
        foreach (var (seq, emoji, _) in page.Mine)
        {
            _mine[seq] = emoji;
        }
    }

    private void Put(Message? message)
    {
        if (message is null || message.Seq < Oldest || (_messages.TryGetValue(message.Seq, out var held) && held.Rev >= message.Rev))
        {
            return;
        }

        _messages[message.Seq] = message;
        _pending.RemoveAll(pending => pending.Is(message, userId));
    }

    /// <summary>Events have no <c>me</c>: what is known of it stays.</summary>
    private void Put(Conversation? conversation)
    {
        if (conversation is not null && (Conversation is null || conversation.LastRev >= Conversation.LastRev))
        {
            Conversation = conversation with { Me = conversation.Me ?? Conversation?.Me };
        }
    }

    private void Reach(long rev)
    {
        while (_ahead.Remove(rev + 1))
        {
            rev++;
        }

        Rev = rev;
        _ahead.RemoveWhere(ahead => ahead <= rev);
    }
}
