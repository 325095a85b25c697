import { useState } from 'preact/hooks';
import type { BreakState, Settings } from '../protocol.ts';
import type { Store } from './store.ts';

interface Properties {
  readonly store: Store;
  readonly settings: Settings;
}

/** All that can be done to the factory, and what to watch for. */
export function BreakButtons({ store, settings }: Properties) {
  const [shown, show] = useState<BreakState | undefined>(undefined);
  const [newest] = settings.done;
  const current = settings.breaks.find(({ name }) => name === shown?.name);
  return (
    <section class="breaks" aria-label="Break it">
      <div class="buttons">
        {settings.breaks.map((one) => (
          <BreakButton key={one.name} one={one} store={store} onShow={() => show(one)} />
        ))}
      </div>
      <p class="hint" id="hint">
        {current ? hintOf(current) : store.showsProcesses ? nothingYet : 'Press a button.'}
      </p>
      <p class={store.refusal ? 'done refusal' : newest?.isBad ? 'done bad' : 'done'} role="status">
        {store.refusal || newest?.text || ''}
      </p>
    </section>
  );
}

function BreakButton({ one, store, onShow }: { one: BreakState; store: Store; onShow: () => void }) {
  const isOff = one.unavailable !== '';
  return (
    <button
      type="button"
      class={one.isOn || one.isWorking ? 'on' : ''}
      aria-busy={one.isWorking}
      aria-pressed={one.isOn}
      aria-disabled={isOff}
      aria-describedby="hint"
      title={isOff ? one.unavailable : one.does}
      data-break={one.name}
      onMouseEnter={onShow}
      onFocus={onShow}
      onClick={() => {
        onShow();
        if (!isOff) {
          void store.do({ action: 'break', name: one.name });
        }
      }}
    >
      {one.title}
    </button>
  );
}

/** Before anything was tried. */
const nothingYet = (
  <>
    <strong>Click a counter or an oven to kill it.</strong> Or press a button here: each says what to watch for.
  </>
);

const hintOf = ({ does, watch, unavailable }: BreakState) =>
  unavailable === '' ? (
    <>
      {does} <strong>Watch:</strong> {watch}
    </>
  ) : (
    unavailable
  );
