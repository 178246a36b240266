package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// vocabularies are the sets of values that some field allows, as in its tag, in the
// order in which they came by.
type vocabularies []string

func (v *vocabularies) number(values string) int {
	i := slices.Index(*v, values)
	if i < 0 {
		i = len(*v)
		*v = append(*v, values)
	}
	return i
}

// writeValid writes the methods that tell whether the values of a descriptor keep
// to its validate tags.
func writeValid(b *bytes.Buffer, order []*node) {
	var v vocabularies
	for _, n := range order {
		var body bytes.Buffer
		for _, m := range n.members {
			v.writeMember(&body, m)
		}
		receiver := "d "
		if body.Len() == 0 {
			receiver = ""
		}
		fmt.Fprintf(b, "func (%s*%s) valid() bool {\n%s\treturn true\n}\n\n", receiver, n.name, body.String())
	}
	for i, values := range v {
		fmt.Fprintf(b, "func oneOf%d(s string) bool {\n\tswitch s {\n\tcase \"%s\":\n\t\treturn true\n\t}\n\treturn false\n}\n\n", i, strings.Join(strings.Fields(values), `", "`))
	}
}

// writeMember writes the check of a member by its tag.
func (v *vocabularies) writeMember(b *bytes.Buffer, m member) {
	const refuse = "\t\treturn false\n\t}\n"
	e := "d." + m.goName
	switch {
	case m.child != nil && m.list:
		fmt.Fprintf(b, "\tfor i := range %s {\n\t\tif !%s[i].valid() {\n\t\t\treturn false\n\t\t}\n\t}\n", e, e)
		return
	case m.child != nil:
		fmt.Fprintf(b, "\tif !%s.valid() {\n%s", e, refuse)
		return
	}
	var conditions []string
	rules := strings.Split(m.tag, ",")
	if rules[0] == "required" {
		fmt.Fprintf(b, "\tif %s == nil {\n%s", e, refuse)
	}
	value := map[string]string{"*string": "*p", "*Number": "p.Value", "[]string": "s"}[m.goType]
	for _, rule := range rules[1:] {
		if rule == "dive" {
			continue
		}
		var either []string
		for alternative := range strings.SplitSeq(rule, "|") {
			either = append(either, v.condition(alternative, value))
		}
		condition := strings.Join(either, " || ")
		if len(either) > 1 {
			condition = "(" + condition + ")"
		}
		conditions = append(conditions, condition)
	}
	if len(conditions) == 0 {
		return
	}
	all := strings.Join(conditions, " && ")
	if len(conditions) > 1 || !strings.HasSuffix(all, ")") {
		all = "(" + all + ")"
	}
	switch m.goType {
	case "*string":
		fmt.Fprintf(b, "\tif p := %s; p != nil && !%s {\n%s", e, all, refuse)
	case "*Number":
		fmt.Fprintf(b, "\tif p := %s; p != nil && !p.Unknown && !%s {\n%s", e, all, refuse)
	case "[]string":
		fmt.Fprintf(b, "\tfor _, s := range %s {\n\t\tif !%s {\n\t\t\treturn false\n\t\t}\n\t}\n", e, all)
	default:
		panic("no check is known of " + m.goType)
	}
}

// condition is what a rule of the validator asks of a value, in Go. It may ask for
// more, never for less.
func (v *vocabularies) condition(rule, value string) string {
	name, param, _ := strings.Cut(rule, "=")
	switch name {
	case "oneof":
		return fmt.Sprintf("oneOf%d(%s)", v.number(param), value)
	case "eq":
		return fmt.Sprintf("%s == %q", value, param)
	case "gte":
		return value + " >= " + param
	case "lte":
		return value + " <= " + param
	case "whole":
		return fmt.Sprintf("isWhole(%s)", value)
	case "datetime":
		return fmt.Sprintf("isDate(%s)", value)
	case "iso8601duration":
		return fmt.Sprintf("isDuration(%s)", value)
	case "uri":
		return fmt.Sprintf("isURI(%s)", value)
	case "email":
		return fmt.Sprintf("isPlainEmail(%s)", value)
	}
	panic("no check is known of " + rule) // a new rule needs its case
}
