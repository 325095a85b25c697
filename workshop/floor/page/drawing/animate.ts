import type { LaneState } from '../store.ts';
import { LaneDrawing } from './lane-drawing.ts';
import type { Box } from './layout.ts';
import { readPalette } from './palette.ts';
import { Sprites } from './sprites.ts';

export interface Animated {
  readonly lane: () => LaneState;
  /** Where each environment is, whenever that changed. */
  readonly onBoxes: (boxes: ReadonlyMap<string, Box>) => void;
  readonly onSize: (size: Size) => void;
}

export interface Size {
  readonly width: number;
  readonly height: number;
  /** The size of the page's letters. */
  readonly letters: number;
}

const mostDensity = 2;

const lettersOf = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

/** Draws a lane on a canvas, as often as the screen shows pictures. Returns what ends it. */
export function animate(canvas: HTMLCanvasElement, { lane, onBoxes, onSize }: Animated): () => void {
  const context = canvas.getContext('2d');
  if (!context) {
    return () => {};
  }
  const drawing = new LaneDrawing(new Sprites());
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  let palette = readPalette(document.body);
  const onTheme = () => {
    palette = readPalette(document.body);
  };
  dark.addEventListener('change', onTheme);
  let size = { width: 0, height: 0, letters: 16 };
  let density = 1;
  const observer = new ResizeObserver(([entry]) => {
    if (entry) {
      const { width, height } = entry.contentRect;
      size = { width, height, letters: lettersOf() };
      density = Math.min(mostDensity, devicePixelRatio);
      canvas.width = Math.round(width * density);
      canvas.height = Math.round(height * density);
      onSize(size);
    }
  });
  observer.observe(canvas);
  let boxesBefore = '';
  let request = requestAnimationFrame(function draw(now) {
    if (size.width > 0) {
      drawing.draw(lane(), { context, density, ...size }, palette, now, still.matches);
      const boxes = new Map([...drawing.stations.all].map(({ environment, box }) => [environment.id, box]));
      const text = JSON.stringify([...boxes]);
      if (text !== boxesBefore) {
        boxesBefore = text;
        onBoxes(boxes);
      }
      const { seen } = drawing;
      if (canvas.dataset['seen'] !== seen) {
        canvas.dataset['seen'] = seen;
      }
    }
    request = requestAnimationFrame(draw);
  });
  return () => {
    cancelAnimationFrame(request);
    observer.disconnect();
    dark.removeEventListener('change', onTheme);
  };
}
