/** The ES build has the types of the package's entry. */
declare module "3dmol/build/3Dmol.es6-min.js" {
  export { createViewer, elementColors } from "3dmol";
}
