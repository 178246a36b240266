package main

import (
	"bytes"
	"fmt"
)

// writeFields writes the methods that find a field of a group by its name.
func writeFields(b *bytes.Buffer, order []*node) {
	for _, n := range order {
		fmt.Fprintf(b, "func (d *%s) field(name string) (number int, address any) {\n\tswitch name {\n", n.name)
		for i, m := range n.members {
			address := "&d." + m.goName
			if m.child != nil && m.list {
				address = fmt.Sprintf("listOf[%s, *%s]{%s}", m.child.name, m.child.name, address)
			}
			fmt.Fprintf(b, "\tcase %q:\n\t\treturn %d, %s\n", m.json, i, address)
		}
		b.WriteString("\t}\n\treturn 0, nil\n}\n\n")
	}
}
