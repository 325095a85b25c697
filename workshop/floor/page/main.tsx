import { render } from 'preact';
import { App } from './app.tsx';
import { Store } from './store.ts';
import './main.css';

const token = document.querySelector('meta[name="floor-token"]')?.getAttribute('content') ?? '';
const root = document.getElementById('floor');
const store = new Store(token);
const isPresented = new URLSearchParams(location.search).has('present');
document.documentElement.classList.toggle('present', isPresented);
store.connect();
if (root) {
  render(<App store={store} />, root);
}
