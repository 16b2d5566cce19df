import { lazy, Suspense } from "react";
import { useText } from "../text/text.js";
import { Waiting } from "../ui/Empty.js";
import { Popover } from "../ui/Popover.js";

/** Loaded when it is first used: the names of all emoji are as much as the whole application. */
const EmojiPicker = lazy(() => import("./EmojiPicker.js"));

interface PickerPopoverProps {
  readonly anchor: Element;
  readonly onPick: (emoji: string) => void;
  readonly onClose: () => void;
}

export const PickerPopover = ({ anchor, onPick, onClose }: PickerPopoverProps) => {
  const t = useText();
  return (
    <Popover anchor={anchor} onClose={onClose}>
      <Suspense fallback={<Waiting label={t.loading} />}>
        <EmojiPicker
          onPick={(emoji) => {
            onClose();
            onPick(emoji);
          }}
        />
      </Suspense>
    </Popover>
  );
};
