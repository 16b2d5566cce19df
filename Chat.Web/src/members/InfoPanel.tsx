import { useChat } from "../app/chat.js";
import { usePlace } from "../conversation/place.js";
import { partnerOf, titleOf } from "../conversation/titles.js";
import { Panel } from "../panels/Panel.js";
import { useText } from "../text/text.js";
import { Avatar } from "../ui/Avatar.js";
import { BlockButton } from "./BlockButton.js";
import { DetailsForm } from "./DetailsForm.js";
import { Invites } from "./Invites.js";
import { MemberSection } from "./MemberSection.js";
import { OwnSettings } from "./OwnSettings.js";

/** All of a conversation that is not its messages: who is in it, what it is called, links to it, and what it is to the user. */
export const InfoPanel = () => {
  const t = useText();
  const { client } = useChat();
  const { state } = usePlace();
  const conversation = state.conversation;
  if (conversation === undefined) {
    return null;
  }
  const title = titleOf(conversation, client.userId, t);
  const partner = partnerOf(conversation, client.userId);
  const runs = conversation.me?.role === "owner" || conversation.me?.role === "admin";
  return (
    <Panel title={t.details}>
      <section className="panel-section info-head">
        <Avatar id={partner ?? state.id} name={title} size="large" />
        <h3 className="info-title" dir="auto">{title}</h3>
        <p className="hint">{partner === undefined ? `${t[conversation.kind]} · ${t.memberCount(conversation.memberCount)}` : t.direct}</p>
        {conversation.description !== undefined && <p className="info-description" dir="auto">{conversation.description}</p>}
      </section>
      <OwnSettings state={state} version={state.version} />
      {partner !== undefined && <BlockButton userId={partner} />}
      {partner === undefined && runs && <DetailsForm key={conversation.lastRev} state={state} />}
      {partner === undefined && <MemberSection state={state} version={state.version} />}
      {partner === undefined && runs && <Invites conversationId={state.id} />}
    </Panel>
  );
};
