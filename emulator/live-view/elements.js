/**
 * An element with text or other elements in it. Text stays text, whatever it holds.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} content
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...content) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...content);
  return made;
}

/**
 * Sets a text only where it is another, so that a selection and what reads the page aloud are not disturbed.
 * @param {Element} of
 * @param {string | number} text
 */
export function setText(of, text) {
  const wanted = String(text);
  if (of.textContent !== wanted) {
    of.textContent = wanted;
  }
}

/** The keys by which elements were made. @type {WeakMap<Element, string | number>} */
const keys = new WeakMap();

/**
 * Makes the children of a list be those of some items, in their order: one that is there already is kept, with the focus that it has.
 * @template Item
 * @param {Element} list
 * @param {Iterable<[string | number, Item]>} items
 * @param {(item: Item) => Element} make
 * @param {(child: Element, item: Item) => void} update
 */
export function keyed(list, items, make, update = () => undefined) {
  const known = new Map([...list.children].map((child) => [keys.get(child), child]));
  /** @type {Element | null} */
  let next = list.firstElementChild;
  for (const [key, item] of items) {
    let child = known.get(key);
    if (child) {
      known.delete(key);
    } else {
      child = make(item);
      keys.set(child, key);
    }
    if (child === next) {
      next = next.nextElementSibling;
    } else {
      list.insertBefore(child, next);
    }
    update(child, item);
  }
  for (const child of known.values()) {
    child.remove();
  }
}
