/** What a run calls the file that it was given to begin from. */
export const initPath = 'init.onnx';

/** The ids of the images of the dataset that a run learned from, as a list in JSON. */
export const learnedImagesPath = 'learned-images.json';

/** The ids of the images that a filter chose, as a list in JSON. */
export const chosenImagesPath = 'images.json';
