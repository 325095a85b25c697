/** Not imported: an `import` reads all that the module exports, and Node.js loads a second HTTP client when `WebSocket` is read. */
export const { createServer } = process.getBuiltinModule('node:http');
