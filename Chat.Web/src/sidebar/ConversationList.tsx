import { useEffect, useRef, useState } from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import { useChat, useLive } from "../app/chat.js";
import { useRoute } from "../app/router.js";
import type { ConversationState } from "../client/index.js";
import { useText } from "../text/text.js";
import { Empty, Waiting } from "../ui/Empty.js";
import { ConversationRow } from "./ConversationRow.js";
import { inOrder, matching } from "./order.js";

/** The latest active first; those put away behind a button. Only what is on screen is in the page. */
export const ConversationList = ({ filter, onNew }: { filter: string; onNew: () => void }) => {
  const t = useText();
  const { client } = useChat();
  const route = useRoute();
  const [away, setAway] = useState(false);
  const loaded = useLive(({ client: c }) => c.positions !== undefined);
  const order = useLive(inOrder);
  const list = useRef<VirtualizerHandle>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const all = order.flatMap((id) => client.conversations.get(id) ?? []);
  const shown = matching(all, filter, away, client.userId, t);
  const archived = all.filter(isArchived).length;
  const openId = route.screen === "conversation" ? route.id : undefined;

  useEffect(() => scroller.current?.scrollTo({ top: 0 }), [filter, away]);

  if (!loaded && all.length === 0) {
    return <Waiting label={t.loading} />;
  }
  return (
    <>
      <div ref={scroller} className="conversation-list scroll">
        {shown.length === 0 && (
          <Empty icon="thread" title={filter === "" ? t.noConversations : t.nothingFound} {...(filter === "" ? { hint: t.noConversationsHint } : {})}>
            {filter === "" && <button type="button" className="button button-main" onClick={onNew}>{t.newConversation}</button>}
          </Empty>
        )}
        <Virtualizer ref={list} scrollRef={scroller} as="ul" item="li" data={shown} itemSize={64}>
          {(state: ConversationState) => <ConversationRow key={state.id} state={state} version={state.version} open={state.id === openId} />}
        </Virtualizer>
      </div>
      {(archived > 0 || away) && (
        <button type="button" className="button button-plain button-small" aria-pressed={away} onClick={() => setAway(!away)}>
          {away ? t.back : t.showArchived(archived)}
        </button>
      )}
    </>
  );
};

const isArchived = (state: ConversationState): boolean => state.conversation?.me?.archived === true;
