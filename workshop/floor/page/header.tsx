import { mostTraffic, type Settings } from '../protocol.ts';
import type { Store } from './store.ts';

interface Properties {
  readonly store: Store;
  readonly settings: Settings;
}

/** The name, the connection, the scenes, and how many customers come. */
export function Header({ store, settings }: Properties) {
  const { isThere, text } = settings.connection;
  const isLive = store.isConnected && isThere;
  return (
    <header class="top">
      <h1>The factory floor</h1>
      <a href={lessonsFrom(settings.scene)}>{settings.scene === '' ? 'Lessons' : `Lesson ${settings.scene}`}</a>
      <p id="connection" role="status" class={isLive ? 'live' : 'away'}>
        {store.isConnected ? text : 'The floor does not answer. This page comes back by itself.'}
      </p>
      <label class="scenes">
        <span>Watch a lesson</span>
        <select
          value={settings.scene}
          onChange={(event) => {
            void store.do({ action: 'scene', name: event.currentTarget.value });
          }}
        >
          <option value="">Free play</option>
          {store.scenes.map(({ name, title }) => (
            <option key={name} value={name}>
              {`${name}. ${title}`}
            </option>
          ))}
        </select>
      </label>
      <label class="traffic">
        <span>
          Customers a second: <output>{settings.traffic}</output>
        </span>
        <input
          type="range"
          min="0"
          max={mostTraffic}
          step="1"
          value={settings.traffic}
          onInput={(event) => void store.do({ action: 'traffic', perSecond: Number(event.currentTarget.value) })}
        />
      </label>
    </header>
  );
}

/** Back to the lesson whose scene is on; for a room, to its slides. */
function lessonsFrom(scene: string): string {
  const query = new URLSearchParams(location.search).has('present') ? '?present' : '';
  return scene === '' ? '/lessons' : `/lessons/${scene}${query}`;
}
