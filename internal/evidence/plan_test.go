package evidence

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"puntari/internal/descriptor"
	"puntari/internal/table"
)

// areas makes a register in which a postal code and the name of its area, which
// nobody is taken to know, say the same. Of each code there are four women and
// four men: codes alone are of eight, codes and sexes of four, and codes of three
// digits and sexes of forty.
func areas(name string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "sukupuoli;postinumero;%s;tulo\n", name)
	for code := range 20 {
		for i := range 8 {
			fmt.Fprintf(&b, "%c;0%d1%d0;Taajama %c;%d\n", "nm"[i%2], 1+code/10, code%10, 'A'+code, 1000+code*8+i)
		}
	}
	return b.String()
}

// A plan that makes the postal code coarser has to take the name of the area out,
// whether the name was recognised or not.
func TestTwins(t *testing.T) {
	for _, name := range []string{"nimitys", "alue"} {
		r := measure(t, write(t, areas(name)), Options{Rows: RowsPerson, Goal: 5}, table.Options{})
		if got := fmt.Sprint(r.Twins); got != "[[postinumero "+name+"]]" {
			t.Fatalf("%s: twins %s", name, got)
		}
		for _, c := range r.Changes {
			if c.Column.text == name {
				t.Errorf("%s is changed alone by %v", name, c.Recoding)
			}
			if got := fmt.Sprint(plain(c.With)); c.Column.text == "postinumero" && got != "["+name+"]" {
				t.Errorf("with %s by %v goes %s", name, c.Recoding, got)
			}
			if c.Recoding.text == "postal_3" && c.K != 40 {
				t.Errorf("codes of three digits: %+v", c)
			}
		}
		if r.Plan == nil || !r.Plan.Reached {
			t.Fatalf("%+v", r.Plan)
		}
		d := &descriptor.Dataset{}
		Amend(d, r, catalogue(t), Stamp{})
		dropped := slices.ContainsFunc(d.Mitigations, func(m descriptor.Measure) bool {
			return *m.Code == "M01" && slices.Contains(m.Fields, name)
		})
		if changed := slices.ContainsFunc(r.Plan.Changes, func(c Change) bool { return c.Column.text == "postinumero" }); !changed || !dropped {
			t.Errorf("%s: the plan %+v, measures %+v", name, r.Plan.Changes, d.Mitigations)
		}
	}
	// Names that differ within a code say more than the code.
	r := measure(t, write(t, strings.Replace(areas("nimitys"), "Taajama A", "Taajama Z", 1)), Options{Rows: RowsPerson, Goal: 5}, table.Options{})
	if len(r.Twins) > 0 {
		t.Errorf("%v", r.Twins)
	}
}

// Values are made coarser before columns are dropped, and what both cost is told.
func TestPlansPreferCoarser(t *testing.T) {
	var b strings.Builder
	b.WriteString("sukupuoli;syntymäaika;postinumero\n")
	// Two of each sex are born in each month, at each of three codes of one area.
	for i := range 2 * 2 * 12 * 3 {
		fmt.Fprintf(&b, "%c;%04d-%02d-%02d;0010%d\n", "nm"[i%2], 1980, 1+i/2%12, 1+i%28, i/24%3*10)
	}
	r := measure(t, write(t, b.String()), Options{Rows: RowsPerson, Goal: 5}, table.Options{})
	names := func(p *Plan) string {
		var out []string
		for _, c := range p.Changes {
			out = append(out, c.Column.text+" "+c.Recoding.text)
		}
		slices.Sort(out)
		return p.ID.text + fmt.Sprint(out, p.Coarser, p.Dropped)
	}
	if r.Plan == nil || r.Plan.Dropped != 0 || !r.Plan.Reached || r.Plan.ID.text != "coarser" {
		t.Fatalf("%s", names(r.Plan))
	}
	for _, p := range append(slices.Clone(r.Alternatives), *r.Plan) {
		if p.K < 5 || p.Groups < 1 || p.Coarser+p.Dropped != len(p.Changes) {
			t.Errorf("%s k %d, groups %d", names(&p), p.K, p.Groups)
		}
	}
	if len(r.Alternatives) > 0 && names(&r.Alternatives[0]) == names(r.Plan) {
		t.Errorf("the same again: %s", names(r.Plan))
	}
	d := &descriptor.Dataset{}
	Amend(d, r, catalogue(t), Stamp{})
	if n := len(d.Evidence.Plans); n != 1+len(r.Alternatives) || *d.Evidence.Plans[0].Plan != "coarser" {
		t.Errorf("%d plans recorded", n)
	}
	for _, m := range d.Mitigations {
		if *m.Code == "M01" {
			t.Errorf("proposed to drop %q", m.Fields)
		}
	}
	// A column of which nothing coarser is large enough has to go, and only that.
	data := strings.ReplaceAll(b.String(), "\n", ";\n")
	lines := strings.Split(strings.TrimSuffix(data, ";\n"), "\n")
	for i := range lines {
		lines[i] += []string{"katuosoite"}[min(i, 0)]
		if i > 0 {
			lines[i] = strings.TrimSuffix(lines[i], "katuosoite") + fmt.Sprintf("Mäkikatu %d", i)
		}
	}
	r = measure(t, write(t, strings.Join(lines, "\n")+"\n"), Options{Rows: RowsPerson, Goal: 5}, table.Options{})
	if r.Plan == nil || !r.Plan.Reached || r.Plan.Dropped != 1 || !slices.ContainsFunc(r.Plan.Changes, func(c Change) bool { return c.Column.text == "katuosoite" && c.Recoding.text == "drop" }) {
		t.Errorf("%s", names(r.Plan))
	}
}

// The postal code makes records stand out, not the sex: the one woman of each
// code is alone with both, and the code is in all that is unique.
func TestContributions(t *testing.T) {
	var b strings.Builder
	b.WriteString("sukupuoli;postinumero;kieli\n")
	for code := range 30 {
		fmt.Fprintf(&b, "n;00%02d0;fi\n", code+1)
		for range 10 {
			fmt.Fprintf(&b, "m;00%02d0;fi\n", code+1)
		}
	}
	b.WriteString("m;00010;sv\n")
	r := measure(t, write(t, b.String()), Options{Rows: RowsPerson, Goal: 5, Quasi: []string{"sukupuoli", "postinumero", "kieli"}}, table.Options{})
	c := r.Contributions
	if c == nil || c.Rows != 331 || c.Sampled || len(c.Columns) != 3 {
		t.Fatalf("%+v", c)
	}
	// Thirty pairs of code and sex score one each, the only Swedish speaker scores
	// two alone: of three columns 30 of 32 for code and sex, 2 of 32 for the language.
	got := map[string]float64{}
	for _, x := range c.Columns {
		got[x.Column.text] = x.Share
	}
	if got["postinumero"] != 30./32 || got["sukupuoli"] != 30./32 || got["kieli"] != 2./32 {
		t.Errorf("%v", got)
	}
	// Where groups are large enough nothing has to be changed.
	if r := measure(t, write(t, b.String()), Options{Rows: RowsPerson, Goal: 1}, table.Options{}); r.Contributions != nil {
		t.Errorf("%+v", r.Contributions)
	}
}

// Of a sample of a tenth a unique record is recognised with the probability
// p/(1-p) ln(1/p) = ln(10)/9 (Benedetti and Franconi).
func TestIndividualRisk(t *testing.T) {
	data := "sukupuoli;ikä\nn;1\nn;2\nn;3\nn;4\n"
	r := measure(t, write(t, data), Options{Rows: RowsPerson, Fraction: 0.1, Quasi: []string{"ikä"}}, table.Options{})
	s := r.Scenarios[0]
	if want := 4 * math.Log(10) / 9; s.Expected == nil || math.Abs(*s.Expected-want) > 1e-9 || *s.Risky != 4 {
		t.Errorf("%v, want %v", s.Expected, want)
	}
	if s := measure(t, write(t, data), Options{Rows: RowsPerson, Quasi: []string{"ikä"}}, table.Options{}).Scenarios[0]; s.Expected != nil || s.Risky != nil {
		t.Errorf("of the population: %v", *s.Expected)
	}
}

// Incomes of a group that lie close together are far from the whole by their
// order: the published example of t-closeness (Li et al. 2007) has incomes of 3, 4
// and 5 thousand in a group of a table of 3 to 11 thousand, which is 0.375 away,
// and 6, 8 and 11, which is 0.167.
func TestOrderedT(t *testing.T) {
	data := "ryhmä;tulot\n"
	for i, group := range []string{"a", "a", "a", "b", "b", "b", "c", "c", "c"} {
		data += fmt.Sprintf("%s;%d\n", group, []int{3000, 4000, 5000, 6000, 11000, 8000, 7000, 9000, 10000}[i])
	}
	r := measure(t, write(t, data), Options{Rows: RowsPerson, Quasi: []string{"ryhmä"}, Sensitive: []string{"tulot"}}, table.Options{})
	s := r.Sensitive[0]
	if s.TOrdered == nil || math.Abs(*s.TOrdered-0.375) > 1e-9 {
		t.Errorf("%+v", s)
	}
	// Diagnoses have no order.
	r = measure(t, write(t, "ryhmä;diagnoosi\na;E11\na;I10\nb;F32\nb;I10\n"), Options{Rows: RowsPerson, Quasi: []string{"ryhmä"}, Sensitive: []string{"diagnoosi"}}, table.Options{})
	if r.Sensitive[0].TOrdered != nil {
		t.Errorf("%v", *r.Sensitive[0].TOrdered)
	}
}
