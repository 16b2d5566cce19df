import { useId, type ComponentProps, type ReactNode } from "react";
import "./controls.css";

interface FieldProps extends ComponentProps<"input"> {
  readonly label: string;
  readonly hint?: string;
  readonly problem?: string | undefined;
  readonly after?: ReactNode;
}

/** One line of text with its label; what is wrong with it is told where it is. */
export const Field = ({ label, hint, problem, after, ...rest }: FieldProps) => {
  const id = useId();
  const said = problem ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        {...rest}
        id={id}
        className="input"
        aria-invalid={problem !== undefined}
        aria-describedby={said === undefined ? undefined : `${id}-said`}
      />
      {after}
      {said !== undefined && (
        <p id={`${id}-said`} className={problem === undefined ? "hint" : "problem"}>
          {said}
        </p>
      )}
    </div>
  );
};
