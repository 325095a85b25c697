import type { ComponentChildren } from 'preact';
import { useEffect, useReducer, useState } from 'preact/hooks';
import type { CodePart, LineOf, Words } from '../protocol.ts';
import type { Store } from './store.ts';

/** Draws again when the store changed. */
export function useStore(store: Store): Store {
  const again = useReducer((count: number) => count + 1, 0)[1];
  useEffect(() => store.subscribe(() => again(undefined)), [store]);
  return store;
}

/** Something that takes a while and may be refused: what to call, whether it is under way, and why it was refused. */
export function useAction(): {
  readonly isWorking: boolean;
  readonly refusal: string;
  act(work: () => Promise<unknown>): void;
} {
  const [isWorking, setWorking] = useState(false);
  const [refusal, setRefusal] = useState('');
  const act = (work: () => Promise<unknown>) => {
    setWorking(true);
    setRefusal('');
    work()
      .catch((error: unknown) => setRefusal(error instanceof Error ? error.message : String(error)))
      .finally(() => setWorking(false));
  };
  return { isWorking, refusal, act };
}

/** A sentence with its code and its links. */
export function Sentence({ words }: { readonly words: readonly Words[] }) {
  return (
    <>
      {words.map((one, at) => {
        const Tag = one.is;
        const text = Tag ? <Tag key={at}>{one.text}</Tag> : one.text;
        return one.href === undefined ? (
          text
        ) : (
          <a key={at} href={one.href}>
            {text}
          </a>
        );
      })}
    </>
  );
}

/** Lines, of which some name a place that a link opens. */
export function Lines({ lines }: { readonly lines: readonly LineOf[] }) {
  return (
    <ul class="lines">
      {lines.map(({ text, place }, at) => (
        <li key={at}>
          {place && <a href={place.href}>{place.text}</a>} {text}
        </li>
      ))}
    </ul>
  );
}

export function Code({ parts }: { readonly parts: readonly CodePart[] }) {
  return (
    <>
      {parts.map(([kind, text], at) =>
        kind === '' ? (
          text
        ) : (
          <span key={at} class={`c-${kind}`}>
            {text}
          </span>
        ),
      )}
    </>
  );
}

/** What can be moved to the side is to be reached by the keyboard, too. */
const byKeyboard = { tabIndex: 0 };

export function Scroll({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <section class="scroll" aria-label={label} {...byKeyboard}>
      {children}
    </section>
  );
}
