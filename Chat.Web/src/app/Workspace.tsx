import { lazy, Suspense, useMemo, useRef, useState } from "react";
import { Announcer } from "../announce/Announcer.js";
import { useUnreadTitle } from "../announce/unreadTitle.js";
import { ConversationScreen } from "../conversation/ConversationScreen.js";
import { useDelivering } from "../conversation/delivering.js";
import { useShortcuts, type Shortcuts } from "../keyboard/shortcuts.js";
import { neighbour } from "../sidebar/order.js";
import { Sidebar } from "../sidebar/Sidebar.js";
import { useText } from "../text/text.js";
import { Empty, Waiting } from "../ui/Empty.js";
import { Banner } from "./Banner.js";
import { useChat } from "./chat.js";
import { currentRoute, go, pathOfConversation, useRoute } from "./router.js";
import "./workspace.css";

const ChannelsScreen = lazy(async () => ({ default: (await import("../channels/ChannelsScreen.js")).ChannelsScreen }));
const InviteScreen = lazy(async () => ({ default: (await import("../channels/InviteScreen.js")).InviteScreen }));
const SettingsScreen = lazy(async () => ({ default: (await import("../settings/SettingsScreen.js")).SettingsScreen }));
const HelpSheet = lazy(async () => ({ default: (await import("../keyboard/HelpSheet.js")).HelpSheet }));
const NewConversation = lazy(async () => ({ default: (await import("../create/NewConversation.js")).NewConversation }));

/** The screens of somebody who is signed in: the list beside what is open; on a phone one of the two. */
export const Workspace = () => {
  const t = useText();
  const chat = useChat();
  const route = useRoute();
  const filterField = useRef<HTMLInputElement>(null);
  const [sheet, setSheet] = useState<"help" | "new">();
  useUnreadTitle();
  useDelivering();
  const shortcuts = useMemo<Shortcuts>(
    () => ({
      help: () => setSheet("help"),
      filter: () => filterField.current?.focus(),
      compose: focusComposer,
      newConversation: () => setSheet("new"),
      step: (by, unread) => {
        const at = currentRoute();
        const next = neighbour(chat, at.screen === "conversation" ? at.id : undefined, by, unread);
        if (next !== undefined) {
          go(pathOfConversation(next));
        }
      },
    }),
    [chat],
  );
  useShortcuts(shortcuts);
  return (
    <div className="workspace" data-open={route.screen !== "home"}>
      <SkipLinks />
      <Banner />
      <Sidebar filterField={filterField} onNew={() => setSheet("new")} onHelp={() => setSheet("help")} />
      <Suspense fallback={<main className="workspace-main"><Waiting label={t.loading} /></main>}>
        <Opened />
      </Suspense>
      {/* By itself: while it is fetched, what is open stays, and the focus in it. */}
      <Suspense>
        {sheet === "help" && <HelpSheet onClose={() => setSheet(undefined)} />}
        {sheet === "new" && <NewConversation onClose={() => setSheet(undefined)} />}
      </Suspense>
      <Announcer />
    </div>
  );
};

const Opened = () => {
  const t = useText();
  const route = useRoute();
  switch (route.screen) {
    case "conversation":
      return <ConversationScreen key={route.id} id={route.id} seq={route.seq} />;
    case "channels":
      return <ChannelsScreen />;
    case "settings":
      return <SettingsScreen />;
    case "invite":
      return <InviteScreen token={route.token} />;
    default:
      return (
        <main className="workspace-main">
          <h1 className="unseen">{t.appName}</h1>
          <Empty icon="thread" title={t.selectConversation} hint={t.selectConversationHint} />
        </main>
      );
  }
};

const focusComposer = (): void => document.querySelector<HTMLElement>(".conversation-column .composer-field")?.focus();

/** The first that Tab reaches: past the list. */
const SkipLinks = () => {
  const t = useText();
  const toMessages = () => document.querySelector<HTMLElement>(".timeline article[tabindex='0']")?.focus();
  return (
    <div className="skip-links">
      <button type="button" className="button" onClick={toMessages}>{t.skipToMessages}</button>
      <button type="button" className="button" onClick={focusComposer}>{t.skipToComposer}</button>
    </div>
  );
};
