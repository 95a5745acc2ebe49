/** What a run calls the file that it was given to begin from. */
export const initPath = 'init.onnx';
