/** The environment variable with the URL of the queue for large orders. */
export const largeBakeQueueUrl = 'LARGE_BAKE_QUEUE_URL';

/** Cookies from which on an order is large. */
export const largeCookies = 200;
