import { render } from 'preact';
import { DiffPanel } from './diff-panel.tsx';
import { MinePanel } from './mine-panel.tsx';
import { useStore } from './parts.tsx';
import { Presenter } from './presenter.tsx';
import { ProvePanel } from './prove-panel.tsx';
import { QuizPanel } from './quiz-panel.tsx';
import { ScenePanel } from './scene-panel.tsx';
import { Store } from './store.ts';
import './main.css';

const metaNamed = (name: string): string =>
  document.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? '';

const store = new Store(Number(metaNamed('factor')), metaNamed('floor-token'));
const panels = { prove: ProvePanel, diff: DiffPanel, mine: MinePanel, quiz: QuizPanel, scene: ScenePanel };

for (const place of document.querySelectorAll<HTMLElement>('[data-panel]')) {
  const Panel = panels[place.dataset['panel'] as keyof typeof panels];
  render(<Panel store={store} />, place);
}

const presenter = document.getElementById('presenter');
if (presenter) {
  const slides = [...document.querySelectorAll<HTMLElement>('.slide')];
  const minutes = Number(presenter.dataset['minutes']);
  render(<Presenter slides={slides} minutes={minutes} clockKey={`lesson-${store.factor}`} />, presenter);
}

/** On every page: the proof that runs, wherever it was begun. */
function RunLine() {
  const { run, isBusy, isConnected } = useStore(store);
  if (!isConnected) {
    return <p class="refusal">The server does not answer. This page comes back by itself.</p>;
  }
  return run && isBusy ? (
    <p>
      <a href={`/lessons/${run.factor}`}>
        {run.is === 'waiting' ? 'Watching' : 'Proving'} factor {run.factor}
      </a>
    </p>
  ) : null;
}

const line = document.getElementById('run');
if (line) {
  render(<RunLine />, line);
}
store.connect();
