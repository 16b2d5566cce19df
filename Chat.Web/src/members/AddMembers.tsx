import { useState } from "react";
import { isDone, useAct } from "../app/act.js";
import type { ConversationState, Member } from "../client/index.js";
import { useText } from "../text/text.js";
import { Dialog } from "../ui/Dialog.js";
import { PeoplePicker, type Person } from "./PeoplePicker.js";

export const AddMembers = ({ state, known, onClose }: { state: ConversationState; known: readonly Member[]; onClose: () => void }) => {
  const t = useText();
  const act = useAct();
  const [people, setPeople] = useState<readonly Person[]>([]);
  const add = async () => {
    if (isDone(await act("POST", `/api/conversations/${state.id}/members`, { userIds: people.map((p) => p.id) }))) {
      onClose();
    }
  };
  return (
    <Dialog title={t.addMembers} onClose={onClose}>
      <div className="form">
        <PeoplePicker chosen={people} onChange={setPeople} without={known.map((m) => m.userId)} />
        <div className="form-actions">
          <button type="button" className="button" onClick={onClose}>{t.cancel}</button>
          <button type="button" className="button button-main" disabled={people.length === 0} onClick={() => void add()}>{t.add}</button>
        </div>
      </div>
    </Dialog>
  );
};
