package descriptor

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// WriteYAML writes a descriptor as YAML in the order of the field catalogue, as
// a person would write it. What is written is read back the same. notes are
// comments by path ("dataset.title", "schema.fields[2].type"), put at the end
// of the line.
func WriteYAML(w io.Writer, d *Dataset, notes map[string]string) error {
	decoder := json.NewDecoder(bytes.NewReader(d.Canonical()))
	decoder.UseNumber()
	root, err := yamlNode(decoder, "", notes)
	if err != nil {
		return fmt.Errorf("write descriptor: %w", err)
	}
	e := yaml.NewEncoder(w)
	e.SetIndent(2)
	if err := e.Encode(root); err != nil {
		return fmt.Errorf("write descriptor: %w", err)
	}
	return e.Close()
}

// yamlNode turns the next value of a JSON stream into a node, keeping the order
// of keys.
func yamlNode(d *json.Decoder, path string, notes map[string]string) (*yaml.Node, error) {
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	var n *yaml.Node
	switch v := t.(type) {
	case json.Delim:
		if v == '{' {
			n, err = yamlMapping(d, path, notes)
		} else {
			n, err = yamlSequence(d, path, notes)
		}
		if err != nil {
			return nil, err
		}
	case string:
		n = yamlText(v)
	default:
		n = &yaml.Node{Kind: yaml.ScalarNode, Value: fmt.Sprint(v)}
	}
	if note := notes[path]; note != "" && n.Kind == yaml.ScalarNode {
		n.LineComment = "# " + strings.Join(strings.Fields(note), " ")
	}
	return n, nil
}

func yamlMapping(d *json.Decoder, path string, notes map[string]string) (*yaml.Node, error) {
	n := &yaml.Node{Kind: yaml.MappingNode}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		name, _ := key.(string)
		at := name
		if path != "" {
			at = path + "." + name
		}
		value, err := yamlNode(d, at, notes)
		if err != nil {
			return nil, err
		}
		k := &yaml.Node{Kind: yaml.ScalarNode, Value: name}
		if note := notes[at]; note != "" && value.Kind != yaml.ScalarNode {
			k.HeadComment = "# " + strings.Join(strings.Fields(note), " ")
		}
		n.Content = append(n.Content, k, value)
	}
	_, err := d.Token()
	return n, err
}

func yamlSequence(d *json.Decoder, path string, notes map[string]string) (*yaml.Node, error) {
	n := &yaml.Node{Kind: yaml.SequenceNode}
	short := true
	for i := 0; d.More(); i++ {
		value, err := yamlNode(d, fmt.Sprintf("%s[%d]", path, i), notes)
		if err != nil {
			return nil, err
		}
		short = short && value.Kind == yaml.ScalarNode && len(value.Value) < 25 && value.LineComment == ""
		n.Content = append(n.Content, value)
	}
	if short {
		n.Style = yaml.FlowStyle
	}
	_, err := d.Token()
	return n, err
}

// yamlText is a text as a node. Words such as yes and 2026-03-01, which other
// readers of YAML take for something else, are put in quotes unless they are
// answers that everybody knows.
func yamlText(s string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	switch {
	case s == "yes" || s == "no":
		n.Tag = "" // plain, as people write it; the reader takes it as text
	case strings.Contains(s, "\n"):
		n.Style = yaml.LiteralStyle
	}
	return n
}
