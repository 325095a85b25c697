export { handler } from './ordering.ts';
