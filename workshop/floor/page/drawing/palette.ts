/** The colours of the floor, which the style sheet has for light and for dark. */
export interface Palette {
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly wall: string;
  readonly ground: string;
  readonly wood: string;
  readonly woodDark: string;
  readonly metal: string;
  readonly metalDark: string;
  readonly belt: string;
  readonly awning: string;
  readonly awningLight: string;
  readonly glow: string;
  readonly cold: string;
  readonly bad: string;
  readonly person: string;
}

const names: Readonly<Record<keyof Palette, string>> = {
  ink: '--ink',
  quiet: '--quiet',
  line: '--line',
  wall: '--wall',
  ground: '--ground',
  wood: '--wood',
  woodDark: '--wood-dark',
  metal: '--metal',
  metalDark: '--metal-dark',
  belt: '--belt',
  awning: '--awning',
  awningLight: '--awning-light',
  glow: '--glow',
  cold: '--cold',
  bad: '--bad',
  person: '--person',
};

/** Reads them as they are now. A canvas understands no `light-dark()`, so the browser is asked what it makes of each. */
export function readPalette(within: HTMLElement): Palette {
  const probe = document.createElement('span');
  within.append(probe);
  const colours = Object.entries(names).map(([key, name]) => {
    probe.style.color = `var(${name})`;
    return [key, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(colours) as Palette;
}
