package main

import (
	"bytes"
	"fmt"
	"strings"
)

// writeAppends writes the methods that append a descriptor and its parts as JSON.
func writeAppends(b *bytes.Buffer, order []*node) {
	for _, n := range order {
		writeAppend(b, n)
	}
}

// writeAppend writes the method for one struct. Each member begins with a comma,
// the first of which closeObject turns into the bracket. What is left out follows
// the tags of writeStruct.
func writeAppend(b *bytes.Buffer, n *node) {
	fmt.Fprintf(b, "func (d *%s) appendJSON(b []byte) []byte {\n\tstart := len(b)\n", n.name)
	for _, m := range n.members {
		e, name := "d."+m.goName, fmt.Sprintf("`,%q:`", m.json)
		switch {
		case m.child != nil && m.list:
			fmt.Fprintf(b, "\tif %s != nil {\n\t\tb = append(b, %s...)\n\t\tb = append(b, '[')\n\t\tfor i := range %s {\n\t\t\tif i > 0 {\n\t\t\t\tb = append(b, ',')\n\t\t\t}\n\t\t\tb = %s[i].appendJSON(b)\n\t\t}\n\t\tb = append(b, ']')\n\t}\n", e, name, e, e)
		case m.child != nil:
			bare := "true"
			for _, x := range m.child.members {
				if x.child == nil && isMap(x.goType) {
					bare += fmt.Sprintf(" && %s.%s == nil", e, x.goName)
				}
			}
			fmt.Fprintf(b, "\tb = section(%s.appendJSON(append(b, %s...)), len(b), %s)\n", e, name, strings.TrimPrefix(bare, "true && "))
		default:
			fmt.Fprintf(b, "\tb = append%s(b, %s, %s)\n", appended[m.goType], name, e)
		}
	}
	b.WriteString("\treturn closeObject(b, start)\n}\n\n")
}

func isMap(goType string) bool { return goType == "LangText" || strings.HasPrefix(goType, "map[") }

// appended names the functions that append a member, by its Go type.
var appended = map[string]string{
	"*string": "Text", "*Number": "Number", "[]string": "Texts", "LangText": "LangText", "map[string]any": "Values",
}
