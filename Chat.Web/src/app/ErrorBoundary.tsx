import { Component, type ReactNode } from "react";
import { text } from "../text/text.js";
import { Empty } from "../ui/Empty.js";

/** Where a screen fails, or a part of it cannot be loaded because another version is served by now: a way on, instead of nothing. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override readonly state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    const t = text();
    return this.state.failed ? (
      <main>
        <Empty icon="warning" title={t.somethingWrong} hint={t.somethingWrongHint}>
          <button type="button" className="button button-main" onClick={() => location.reload()}>{t.reload}</button>
        </Empty>
      </main>
    ) : (
      this.props.children
    );
  }
}
