import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useChat, useConversation, useLive } from "../app/chat.js";
import { go, pathOfConversation } from "../app/router.js";
import { Composer } from "../composer/Composer.js";
import { FilesPanel } from "../files/FilesPanel.js";
import { InfoPanel } from "../members/InfoPanel.js";
import { PinsPanel } from "../panels/PinsPanel.js";
import { useText } from "../text/text.js";
import { ThreadPanel } from "../threads/ThreadPanel.js";
import { Empty, Waiting } from "../ui/Empty.js";
import { useAnchor } from "./anchor.js";
import { ConversationHead } from "./ConversationHead.js";
import { useCursors } from "./cursors.js";
import { DropZone } from "./DropZone.js";
import { PlaceContext, type Panel, type Place, type Purpose } from "./place.js";
import { Timeline } from "./Timeline.js";
import { titleOf } from "./titles.js";
import { TypingLine } from "./TypingLine.js";
import "./conversation.css";

/** A conversation: what was written, from the first unread on or around the message that the address names, and the field to write in. */
export const ConversationScreen = ({ id, seq }: { id: string; seq: number | undefined }) => {
  const t = useText();
  const chat = useChat();
  const state = useConversation(id);
  const isMember = useLive(({ client }) => client.conversations.has(id));
  const anchor = useAnchor(state, seq);
  const [purpose, setPurpose] = useState<Purpose>();
  const [panel, setPanel] = useState<Panel>();
  useCursors(state);
  const opened = useRef(false);
  useEffect(() => {
    // Once; and again when the user becomes a member while the page is open.
    if (!opened.current || isMember) {
      opened.current = true;
      chat.client.open(id);
    }
  }, [chat, id, isMember]);
  const jump = useCallback((to: number) => go(pathOfConversation(id, to), "replace"), [id]);
  const place = useMemo<Place | undefined>(
    () => (state === undefined ? undefined : { state, purpose, setPurpose, panel, setPanel, jump }),
    [state, purpose, panel, jump],
  );

  if (state?.conversation === undefined || !state.isLoaded || anchor === undefined || place === undefined) {
    return (
      <main className="workspace-main">
        <h1 className="unseen">{t.appName}</h1>
        {isMember || !opened.current ? <Waiting label={t.loading} /> : <Empty icon="lock" title={t.notFound} hint={t.notFoundHint} />}
      </main>
    );
  }
  return (
    <PlaceContext value={place}>
      <main className="workspace-main conversation" aria-label={titleOf(state.conversation, chat.client.userId, t)} data-panel={panel !== undefined}>
        <DropZone id={id}>
          <ConversationHead version={state.version} />
          <Timeline state={state} version={state.version} anchor={anchor} jumpTo={seq} />
          <TypingLine id={id} />
          <Composer state={state} />
        </DropZone>
        {panel?.what === "thread" && <ThreadPanel key={panel.seq} root={panel.seq} />}
        {panel?.what === "pins" && <PinsPanel />}
        {panel?.what === "files" && <FilesPanel />}
        {panel?.what === "info" && <InfoPanel />}
      </main>
    </PlaceContext>
  );
};
