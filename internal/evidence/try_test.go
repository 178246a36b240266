package evidence

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"puntari/internal/checklist"
	"puntari/internal/table"
)

func TestTry(t *testing.T) {
	p := os.Getenv("TRY")
	if p == "" {
		t.Skip()
	}
	c, _ := checklist.Builtin()
	b := time.Now()
	f, err := table.Open(p, table.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Measure(context.Background(), f, c, Options{Goal: 5})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("%v %+v\n", time.Since(b), r.Source)
	for _, c := range r.Columns {
		fmt.Printf("%-20.20s %v filled %d blank %d distinct %d exact %v long %d free %v %v %v %s quasi %v prec %v m %v %+v\n", c.Name, c.Type, c.Filled, c.Blank, c.Distinct, c.Exact, c.Longest, c.FreeText, c.Role, c.Basis, c.Attribute, c.Quasi, c.Precision, c.Metres, c.Findings)
	}
	for _, s := range r.Scenarios {
		fmt.Printf("%+v\n", s)
	}
	fmt.Printf("%+v\n", r.Sensitive)
	if r.Combinations != nil {
		fmt.Printf("%+v\n", *r.Combinations)
	}
	for _, s := range r.Changes {
		fmt.Printf("%+v\n", s)
	}
	if r.Plan != nil {
		fmt.Printf("PLAN %+v\n", *r.Plan)
	}
	fmt.Println(r.Cells, r.Limits, r.Beyond)
}
