/** The page of the endpoint that takes the answers of custom resources; what comes after it names the request. */
export const customResourcePath = '/_emulator/custom-resource/';
