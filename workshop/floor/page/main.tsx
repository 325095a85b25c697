import { render } from 'preact';
import { App } from './app.tsx';
import { Store } from './store.ts';
import './main.css';
import './narrow.css';
import './present.css';

const token = document.querySelector('meta[name="floor-token"]')?.getAttribute('content') ?? '';
const root = document.getElementById('floor');
const store = new Store(token);
const parameters = new URLSearchParams(location.search);
const isPresented = parameters.has('present');
document.documentElement.classList.toggle('present', isPresented);
store.connect();
// A lesson's link to its scene. Another site cannot use it: the server serves no page that one leads to.
const scene = parameters.get('scene');
if (scene !== null) {
  history.replaceState(null, '', isPresented ? '?present' : '/');
  void store.do({ action: 'scene', name: scene });
}
if (root) {
  render(<App store={store} />, root);
}
