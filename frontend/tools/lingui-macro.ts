import { type NodePath, type PluginObj, transformAsync, types } from "@babel/core";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import type { Plugin } from "vite";

/// Lingui's macro is a Babel plugin. React's plugin compiles without Babel, so only the files that
/// name Lingui take this detour.
export function linguiMacro(): Plugin {
  return {
    name: "lingui-macro",
    enforce: "pre",
    transform: {
      filter: { id: /\/src\/.*\.tsx?$/, code: /@lingui\/(?:core|react)\/macro/ },
      async handler(code, id) {
        const result = await transformAsync(code, {
          filename: id,
          babelrc: false,
          configFile: false,
          sourceMaps: true,
          parserOpts: { plugins: ["typescript", "jsx"] },
          // Without its last option the macro takes the English words out of the code.
          plugins: [["@lingui/babel-plugin-lingui-macro", { extract: true }], englishInPlace],
        });
        if (!result?.code) throw new Error(`Babel returned nothing for ${id}`);
        return { code: result.code, map: result.map };
      },
    },
  };
}

/// English stays where it is said, ready to be filled in, so that a page brings its own sentences along and
/// no catalogue of everybody else's.
function englishInPlace(): PluginObj {
  const compiled = (message: string) => types.valueToNode(compileMessage(message));
  return {
    visitor: {
      Program: {
        exit(program: NodePath<types.Program>) {
          program.traverse({
            ObjectExpression({ node }) {
              const property = (name: string) =>
                node.properties.find(
                  (one): one is types.ObjectProperty =>
                    types.isObjectProperty(one) && types.isIdentifier(one.key, { name }),
                );
              const message = property("message");
              if (property("id") === undefined || !types.isStringLiteral(message?.value)) return;
              message.value = compiled(message.value.value);
            },
            JSXOpeningElement({ node }) {
              const attribute = (name: string) =>
                node.attributes.find(
                  (one): one is types.JSXAttribute =>
                    types.isJSXAttribute(one) && types.isJSXIdentifier(one.name, { name }),
                );
              const message = attribute("message");
              const value = types.isJSXExpressionContainer(message?.value)
                ? message.value.expression
                : message?.value;
              if (message === undefined || attribute("id") === undefined || !types.isStringLiteral(value))
                return;
              message.value = types.jsxExpressionContainer(compiled(value.value));
            },
          });
        },
      },
    },
  };
}
