import { useState } from "react";
import { isDone, useAct } from "../app/act.js";
import { useAsked } from "../app/asked.js";
import type { UserProfile } from "../client/index.js";
import { useText } from "../text/text.js";

export const BlockButton = ({ userId }: { userId: string }) => {
  const t = useText();
  const act = useAct();
  const [version, setVersion] = useState(0);
  const asked = useAsked<{ items: UserProfile[] }>("/api/blocks", version);
  if (asked.state !== "told") {
    return null;
  }
  const blocked = asked.value.items.some((user) => user.id === userId);
  const toggle = async () => {
    if (isDone(await act(blocked ? "DELETE" : "PUT", `/api/blocks/${userId}`))) {
      setVersion(version + 1);
    }
  };
  return (
    <section className="panel-section">
      <button type="button" className="button button-danger" aria-pressed={blocked} onClick={() => void toggle()}>
        {blocked ? t.unblock : t.block}
      </button>
      <p className="hint">{t.blockHint}</p>
    </section>
  );
};
