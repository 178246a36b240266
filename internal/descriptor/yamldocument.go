package descriptor

import (
	"bytes"

	"go.yaml.in/yaml/v3"
)

// YAMLDocument is a YAML file of another kind than a description, read with the
// same care: its problems have places, and what cannot be parsed is explained.
type YAMLDocument struct {
	// Root is the content of the file; nil when the file says nothing.
	Root *yaml.Node

	document *document
}

// ReadYAML reads the text of a YAML file. The name is shown in problems. There is
// no document when the text cannot be parsed. Aliases, merge keys and tags of one's
// own are refused: who reads the file should see what it says where it says it.
func ReadYAML(name string, data []byte) (*YAMLDocument, []Problem) {
	d := &document{name: name, line: 1, column: 1, yaml: true}
	if kind := encoding(data); kind != "" {
		return nil, []Problem{d.problem(0, codeWrongEncoding, "", map[string]string{"found": kind})}
	}
	d.text = string(bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF")))
	if err := badText(d); err != nil {
		return nil, []Problem{err.problem(d)}
	}
	l := limits{values: DefaultMaxValues, depth: DefaultMaxDepth}
	root, err := parseYAML(d.text)
	if err != nil {
		return nil, []Problem{diagnoseYAML(d.text, err, l).problem(d)}
	}
	y := &YAMLDocument{Root: root, document: d}
	if root == nil {
		return y, nil
	}
	if problems := y.plain(root, 0, l); len(problems) > 0 {
		return nil, problems
	}
	return y, nil
}

// plain finds what is more than plain mappings, lists and values.
func (y *YAMLDocument) plain(n *yaml.Node, depth int, l limits) []Problem {
	switch {
	case depth > l.depth:
		return []Problem{y.Problem(n, codeDeepNesting, "", map[string]string{"limit": "64"})}
	case n.Kind == yaml.AliasNode:
		return []Problem{y.Problem(n, "profile.alias", "", map[string]string{"found": shown(n.Value)})}
	case n.Tag == "!!merge":
		return []Problem{y.Problem(n, codeMergeKey, "", nil)}
	case n.Style&yaml.TaggedStyle != 0 && !coreTags[n.Tag]:
		return []Problem{y.Problem(n, codeTag, "", map[string]string{"found": shown(n.Tag)})}
	}
	var out []Problem
	for _, c := range n.Content {
		out = append(out, y.plain(c, depth+1, l)...)
	}
	return out
}

// Problem is a problem at a node of the document, with the source line. A nil node
// stands for the start of the file.
func (y *YAMLDocument) Problem(n *yaml.Node, code, path string, params map[string]string) Problem {
	if n == nil {
		return y.document.problem(0, code, path, params)
	}
	return y.document.problem(y.document.offset(yamlPlace(n.Line, n.Column)), code, path, params)
}

// TextProblem is a problem at a line and column, from 1, of a text file that is not
// YAML, with the source line.
func TextProblem(name, text string, line, column int, code string, params map[string]string) Problem {
	d := &document{name: name, text: text, line: 1, column: 1, yaml: true}
	return d.problem(d.offset(yamlPlace(line, column)), code, "", params)
}

// Nearest returns the candidate that was probably meant, or "" when none is near.
func Nearest(found string, candidates []string) string { return nearest(found, candidates) }

// Shown is a value as problems show it: on one line, a long one cut.
func Shown(s string) string { return shown(s) }
