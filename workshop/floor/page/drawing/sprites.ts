/** What a cookie looks like, by the name of its recipe: dough, edge, bits. */
const recipes: Readonly<Record<string, readonly [string, string, string]>> = {
  'chocolate-chip': ['#dca25a', '#b0742f', '#4a2a15'],
  'sticky-dough': ['#e6bd7c', '#bd8a43', '#c9772b'],
  gingerbread: ['#a9683a', '#7d451f', '#f4e3c3'],
  raisin: ['#d3a469', '#a3743a', '#5a2f55'],
  sabayon: ['#f0cf72', '#c79c35', '#fff3c8'],
  smores: ['#8a5a3c', '#5e371f', '#fbf4e6'],
};
const plain = ['#d9a765', '#aa7a3b', '#7a4b22'] as const;
const dough = ['#f1e2c4', '#cdb88e', '#dcc79f'] as const;
const lost = ['#d8392f', '#8f1710', '#5d0b07'] as const;
const poison = ['#8d6cab', '#523672', '#d9f06a'] as const;
const bits = [
  [-0.4, -0.35],
  [0.25, -0.5],
  [0.48, 0.1],
  [-0.15, 0.1],
  [-0.5, 0.3],
  [0.15, 0.5],
] as const;

export type Look = 'baked' | 'dough' | 'lost' | 'poison';

/** A finished bitmap: it is copied with less ado than a canvas, which could still change. */
type Sprite = ImageBitmap;

/** Cookies, each kind drawn once. */
export class Sprites {
  readonly #drawn = new Map<Look, Map<string, Sprite>>();
  #radius = 0;

  /** @param radius in pixels of the screen */
  of(look: Look, recipe: string, radius: number): Sprite {
    if (radius !== this.#radius) {
      this.#radius = radius;
      this.#drawn.clear();
    }
    const name = look === 'baked' ? recipe : '';
    let ofLook = this.#drawn.get(look);
    if (!ofLook) {
      ofLook = new Map();
      this.#drawn.set(look, ofLook);
    }
    let sprite = ofLook.get(name);
    if (!sprite) {
      sprite = draw(look, recipe, radius);
      ofLook.set(name, sprite);
    }
    return sprite;
  }
}

function draw(look: Look, recipe: string, radius: number): Sprite {
  const size = Math.ceil(radius * 2 + 4);
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext('2d');
  if (!context) {
    return canvas.transferToImageBitmap();
  }
  const [fill, edge, dots] = colours(look, recipe);
  context.translate(canvas.width / 2, canvas.height / 2);
  context.beginPath();
  outline(context, look, radius);
  context.fillStyle = fill;
  context.fill();
  context.lineWidth = Math.max(1, radius * 0.16);
  context.strokeStyle = edge;
  context.stroke();
  context.fillStyle = dots;
  for (const [x, y] of bits) {
    context.beginPath();
    context.arc(x * radius, y * radius, radius * 0.17, 0, Math.PI * 2);
    context.fill();
  }
  if (look === 'lost') {
    crack(context, radius);
  }
  return canvas.transferToImageBitmap();
}

function colours(look: Look, recipe: string) {
  switch (look) {
    case 'dough':
      return dough;
    case 'lost':
      return lost;
    case 'poison':
      return poison;
    case 'baked':
      return recipes[recipe] ?? plain;
  }
}

/** Round, or jagged for what nobody can read. */
function outline(context: OffscreenCanvasRenderingContext2D, look: Look, radius: number): void {
  if (look !== 'poison') {
    context.arc(0, 0, radius * 0.94, 0, Math.PI * 2);
    return;
  }
  const points = 14;
  for (let at = 0; at < points; at += 1) {
    const reach = radius * (at % 2 === 0 ? 1 : 0.72);
    const angle = (at / points) * Math.PI * 2;
    context.lineTo(Math.cos(angle) * reach, Math.sin(angle) * reach);
  }
  context.closePath();
}

function crack(context: OffscreenCanvasRenderingContext2D, radius: number): void {
  context.strokeStyle = '#fff';
  context.lineWidth = Math.max(1, radius * 0.14);
  context.beginPath();
  context.moveTo(-radius * 0.1, -radius * 0.9);
  context.lineTo(radius * 0.15, -radius * 0.3);
  context.lineTo(-radius * 0.2, radius * 0.1);
  context.lineTo(radius * 0.1, radius * 0.85);
  context.stroke();
}
