import { useState } from 'preact/hooks';
import type { DiffKind, DiffShown } from '../protocol.ts';
import { DiffView } from './diff-view.tsx';
import { useAction } from './parts.tsx';
import type { Store } from './store.ts';

const kinds: readonly { readonly kind: DiffKind; readonly says: string }[] = [
  { kind: 'cdk', says: 'CDK source' },
  { kind: 'code', says: 'Code' },
  { kind: 'template', says: 'Template' },
];

/** The three diffs of a factor, one at a time. */
export function DiffPanel({ store }: { readonly store: Store }) {
  const [shown, show] = useState<{ readonly kind: DiffKind; readonly diff: DiffShown } | undefined>(undefined);
  const { act, isWorking, refusal } = useAction();
  const choose = (kind: DiffKind) =>
    shown?.kind === kind ? show(undefined) : act(async () => show({ kind, diff: await store.diff(kind) }));
  return (
    <>
      <h2>The change in three views</h2>
      <div class="buttons">
        {kinds.map(({ kind, says }) => (
          <button key={kind} type="button" aria-expanded={shown?.kind === kind} onClick={() => choose(kind)}>
            {says}
          </button>
        ))}
      </div>
      <p role="status">{isWorking ? 'Looking for what changed…' : refusal}</p>
      {shown && <DiffView diff={shown.diff} />}
    </>
  );
}
