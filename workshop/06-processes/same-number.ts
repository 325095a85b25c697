/**
 * Loaded into a process before anything else (`node --import`), it has that process draw the same order number every time.
 * Two that draw by chance do so too seldom to wait for; two that count in a drawer of their own do so every day.
 */
const number = '00000000-0000-4000-8000-000000000006';

Object.defineProperty(crypto, 'randomUUID', { value: () => number });
