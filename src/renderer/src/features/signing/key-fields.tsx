import { Callout, Checkbox, FormGroup, InputGroup } from "@blueprintjs/core";
import { useId } from "react";
import type { SigningState } from "#shared/notebook/signing.ts";
import { askedFor, type KeyChoice, readChoice } from "./key-choice.ts";

interface KeyFieldsProps {
  state: SigningState;
  choice: KeyChoice;
  onChoice(choice: KeyChoice): void;
}

function Passphrase({ label, value, onValue }: { label: string; value: string; onValue(v: string): void }) {
  const id = useId();
  return (
    <FormGroup label={label} labelFor={id}>
      <InputGroup
        id={id}
        type="password"
        autoComplete="off"
        maxLength={1000}
        value={value}
        onValueChange={onValue}
      />
    </FormGroup>
  );
}

/** Asks for what opens the notebook's signing key, or for how a new one is kept; as little as there is to ask. */
export function KeyFields({ state, choice, onChoice }: KeyFieldsProps) {
  const { makes, passphrase, isElsewhere } = askedFor(state, choice);
  const read = readChoice(state, choice);
  const change = (part: Partial<KeyChoice>) => onChoice({ ...choice, ...part });
  return (
    <div className="key-fields">
      {makes && (
        <p className="muted">
          A key pair is made for this notebook.{" "}
          {passphrase
            ? "Its secret half is locked by your passphrase, which nobody can restore: four words or more."
            : "Its secret half is kept by the keychain of this computer."}
        </p>
      )}
      {isElsewhere && (
        <Callout intent="warning" compact>
          {state.key?.protection === "keychain"
            ? "The notebook's key is in the keychain of the computer that it was made on."
            : "The secret half of the notebook's key is not in this file."}
        </Callout>
      )}
      {passphrase && (
        <Passphrase
          label={makes ? "New passphrase" : "Passphrase of the notebook's key"}
          value={choice.passphrase}
          onValue={(value) => change({ passphrase: value })}
        />
      )}
      {passphrase && makes && (
        <Passphrase
          label="The same again"
          value={choice.repeated}
          onValue={(repeated) => change({ repeated })}
        />
      )}
      {makes && state.keychain && (
        <Checkbox
          label="Lock it by a passphrase instead of the keychain"
          checked={choice.byPassphrase}
          onChange={({ currentTarget }) => change({ byPassphrase: currentTarget.checked })}
        />
      )}
      {state.key && (
        <Checkbox
          label="Make a new key; what the present one signed stays signed"
          checked={choice.newKey}
          onChange={({ currentTarget }) =>
            change({ newKey: currentTarget.checked, passphrase: "", repeated: "" })
          }
        />
      )}
      <p className="key-problem" role="status">
        {"problem" in read ? read.problem : ""}
      </p>
    </div>
  );
}
