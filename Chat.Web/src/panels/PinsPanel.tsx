import { useAsked } from "../app/asked.js";
import { useName } from "../app/chat.js";
import { usePlace } from "../conversation/place.js";
import type { Message } from "../client/index.js";
import { Content } from "../messages/Content.js";
import { useText } from "../text/text.js";
import { shortTime } from "../text/times.js";
import { Empty, Waiting } from "../ui/Empty.js";
import { Panel } from "./Panel.js";

export const PinsPanel = () => {
  const t = useText();
  const { state } = usePlace();
  const asked = useAsked<{ items: Message[] }>(`/api/conversations/${state.id}/pins`, state.version);
  return (
    <Panel title={t.pinnedMessages}>
      {asked.state === "asking" && <Waiting label={t.loading} />}
      {asked.state === "failed" && <Empty icon="warning" title={t.noAnswer} />}
      {asked.state === "told" && asked.value.items.length === 0 && <Empty icon="pin" title={t.noPins} hint={t.noPinsHint} />}
      {asked.state === "told" && asked.value.items.map((message) => <Pinned key={message.seq} message={message} />)}
    </Panel>
  );
};

const Pinned = ({ message }: { message: Message }) => {
  const t = useText();
  const { state, jump } = usePlace();
  const name = useName(message.senderId);
  return (
    <article className="panel-card" aria-label={t.messageBy(name, shortTime(message.createdAt))}>
      <p className="panel-card-head">
        <bdi className="ellipsis">{name}</bdi>
        <time dateTime={message.createdAt}>{shortTime(message.createdAt)}</time>
      </p>
      <Content state={state} message={message} own={state.mine(message.seq)} />
      <button type="button" className="button button-plain button-small" onClick={() => jump(message.seq)}>{t.goTo}</button>
    </article>
  );
};
