export { messages } from "./de.po";
export { sentences } from "./german-server";
